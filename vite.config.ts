import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';
import remixConfig from './remix.config.js';

declare module '@remix-run/server-runtime' {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  plugins: [remix(remixConfig)],
  server: {
    host: '127.0.0.1',
    port: Number(process.env['PORT'] ?? 3000),
    allowedHosts: true,
    strictPort: true,
  },
  build: { assetsInlineLimit: 0, target: 'es2022' },
  // Found late, a dependency makes vite bundle all of them anew, and the first page has two Reacts.
  optimizeDeps: { entries: ['app/entry.client.tsx', 'app/root.tsx', 'app/routes/**/*.tsx'] },
});
