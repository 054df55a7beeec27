/** Before every test file: the settings that a process of the app cannot do without, none of them real. */
const defaults: Record<string, string> = {
  NODE_ENV: 'test',
  SHOPIFY_API_KEY: 'test-key',
  SHOPIFY_API_SECRET: 'test-secret',
  SHOPIFY_APP_URL: 'http://localhost:3000',
  DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'hello@everafter.test',
  LOG_LEVEL: 'silent',
};
for (const [name, value] of Object.entries(defaults)) process.env[name] ??= value;

// Files that run side by side choose their ports, and those of what they start, from parts of their own.
process.env.PORT_LANE ??= process.env.VITEST_POOL_ID;
