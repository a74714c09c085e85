/** Styles are imported for their effect; Vite gathers them into one hashed file. */
declare module '*.css'
