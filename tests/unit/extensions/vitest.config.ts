import { defineConfig } from 'vitest/config';

/** The extensions with Shopify's own tester: Preact in jsdom. */
export default defineConfig({
  root: new URL('../../../', import.meta.url).pathname,
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  define: { 'process.env.APP_URL': JSON.stringify('https://app.test') },
  test: {
    name: 'extensions',
    environment: 'jsdom',
    // Of this folder: as a part of the whole run the project's root is not the one above.
    dir: import.meta.dirname,
    include: ['**/*.test.{ts,tsx}'],
    // The tester import()s our .tsx module: unless inlined, Node itself would load it and fail on the extension.
    server: { deps: { inline: ['@shopify/ui-extensions-tester'] } },
  },
});
