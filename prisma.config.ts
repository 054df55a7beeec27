import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  // Only commands that touch a database need it; `generate` runs without.
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://nobody@localhost:1/none' },
});
