import type { PageProps } from '#app/pages/page-props.ts'
import { SignInScreen } from '#app/screens/sign-in/sign-in.tsx'

export function SignInPage({ state, dispatch }: PageProps) {
  const view = { ...state.signIn, hubHost: state.place?.hubHost ?? '' }
  return <SignInScreen view={view} onSignIn={() => dispatch({ type: 'signInPressed' })} />
}
