import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))
const version = /"version": "([^"]+)"/.exec(readFileSync(`${root}package.json`, 'utf8'))?.[1] ?? ''

/** design.md's budget for what a phone has to load before the first screen works. */
const firstLoadScriptBytesMax = 90_000

/**
 * Tells the worker which files make up this version, and fails the build when the first load
 * outgrows its budget.
 */
function shellFiles(): Plugin {
  return {
    name: 'mortise-shell-files',
    // The page is in the bundle only after the bundler's own plugin has made it.
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = bundle['index.html']
      if (page?.type === 'asset') {
        // The hub prints links to /setup; a static host without rewriting rules finds a page there.
        this.emitFile({ type: 'asset', fileName: 'setup/index.html', source: page.source })
      }
      const names = Object.keys(bundle)
        .filter((name) => name !== 'sw.js' && !name.endsWith('.html'))
        .map((name) => `/${name}`)
      const worker = bundle['sw.js']
      if (worker?.type === 'chunk') {
        worker.code = worker.code.replace(
          'SHELL_FILES',
          JSON.stringify(['/', ...names, '/manifest.webmanifest']),
        )
      }
      const entries = Object.values(bundle).flatMap((file) =>
        file.type === 'chunk' && file.isEntry && file.fileName !== 'sw.js' ? [file] : [],
      )
      const first = new Set(entries.map((chunk) => chunk.fileName))
      let total = 0
      // The set grows while it is walked: what an import imports is loaded as well.
      for (const name of first) {
        const file = bundle[name]
        if (file?.type !== 'chunk') continue
        total += gzipSync(file.code).length
        for (const imported of file.imports) first.add(imported)
      }
      this.info(`first load: ${total} bytes of gzipped script in ${first.size} files`)
      if (total > firstLoadScriptBytesMax) {
        this.error(`first load is ${total} bytes, the budget is ${firstLoadScriptBytesMax}`)
      }
    },
  }
}

export default defineConfig({
  root,
  base: '/',
  resolve: {
    alias: [
      // ES256 proofs are judged by locks and hubs, never here; the curve would be a tenth of the load.
      { find: '@noble/curves/nist.js', replacement: `${root}shell/no-es256.ts` },
      { find: /^\.\/(advice|sentences)\.ts$/, replacement: `${root}shell/no-sentences.ts` },
    ],
  },
  define: { APP_VERSION: JSON.stringify(version) },
  plugins: [shellFiles()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['es2023', 'safari17.5', 'chrome123', 'firefox128'],
    // No inline script or style, so that `script-src 'self'; style-src 'self'` holds.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    rollupOptions: {
      treeshake: {
        // Our modules do nothing when they are loaded, except for the styles and the two beginnings.
        moduleSideEffects: (id) =>
          id.includes('/node_modules/')
            ? undefined
            : /\.css$|\.html$|main\.tsx$|worker\.ts$/.test(id),
      },
      input: { app: `${root}index.html`, sw: `${root}worker/worker.ts` },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
  server: { host: '127.0.0.1' },
})
