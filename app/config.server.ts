/** The only reader of process.env. A missing or senseless setting ends the process and is named. */
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65535);

const web = z.string().pipe(z.url({ protocol: /^https?$/, message: 'must be an http:// or https:// URL' }));

/** compose.yaml hands on what .env leaves empty as an empty text. */
const hostName = z
  .string()
  .regex(/^$|^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i, 'must be a name such as _spf.example.com')
  .transform((name) => name || undefined);

const empty = <Inner extends z.ZodType>(inner: Inner) =>
  z.preprocess((value) => (value === '' ? undefined : value), inner.optional());

/** Without TLS a mailbox's password is for this machine alone. */
function isMailbox(url: string): boolean {
  const { protocol, hostname, username, password } = URL.parse(url) ?? {};
  const isHere = hostname === 'localhost' || hostname === '127.0.0.1';
  return Boolean(username && password && (protocol === 'imaps:' || (protocol === 'imap:' && isHere)));
}

const schema = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
    SHOPIFY_API_KEY: z.string().min(1),
    SHOPIFY_API_SECRET: z.string().min(1),
    /** The secret before the last rotation; webhooks may be signed with it for an hour. */
    SHOPIFY_API_SECRET_PREVIOUS: z.string().optional(),
    SHOPIFY_APP_URL: web.transform((url) => url.replace(/\/$/, '')),
    SCOPES: z
      .string()
      .default('')
      .transform((list) => list.split(',').filter(Boolean)),
    DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgresql:// URL'),
    DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
    /** 32 bytes in base64: encrypts tokens, keys the hashes that outlive erasure. */
    ENCRYPTION_KEY: z
      .string()
      .refine((key) => Buffer.from(key, 'base64').length === 32, '32 bytes in base64'),
    /** The key before the last rotation: still opens what it sealed. */
    ENCRYPTION_KEY_PREVIOUS: z
      .string()
      .refine((key) => Buffer.from(key, 'base64').length === 32, '32 bytes in base64')
      .optional(),
    /** The ENCRYPTION_KEY before the first rotation: derives what cannot be made anew (docs/decisions/0004). */
    LASTING_KEY: z
      .string()
      .refine((key) => Buffer.from(key, 'base64').length === 32, '32 bytes in base64')
      .optional(),
    EMAIL_PROVIDER: z.enum(['smtp', 'resend']).default('smtp'),
    SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\//, 'must be smtp:// or smtps://')
      .optional(),
    MAIL_FROM: z.email(),
    /** What a sender's SPF record must include, and where the mail server's DKIM key stands: for checks of domains. */
    MAIL_SPF_INCLUDE: hostName.optional(),
    MAIL_DKIM_SELECTOR: hostName.optional(),
    RESEND_API_KEY: z.string().optional(),
    RESEND_API_URL: web.default('https://api.resend.com'),
    RESEND_WEBHOOK_SECRET: z.string().optional(),
    TEXTS_URL: web.optional(),
    /** Signs the texts that a gateway posts: whsec_ and base64, or any text. */
    TEXTS_INBOUND_SECRET: z.string().min(16, 'a secret of at least 16 characters').optional(),
    /** Answers to mails come to NAME+TOKEN@DOMAIN of this address; unset: to whatever address a shop has. */
    INBOUND_ADDRESS: z
      .email()
      .regex(
        /^[a-z0-9._-]{1,10}@/i,
        'at most 10 letters, digits, dots or dashes before the @: a token follows them',
      )
      .optional(),
    /** NAME:PASSWORD that stand in the address of Postmark's inbound webhook. */
    INBOUND_POSTMARK_LOGIN: z
      .string()
      .regex(/^[^:]+:.{16,}$/, 'NAME:PASSWORD, the password of at least 16 characters')
      .optional(),
    /** Mailgun's "HTTP webhook signing key". */
    INBOUND_MAILGUN_KEY: z.string().min(16, 'the signing key, of at least 16 characters').optional(),
    /** A mailbox that answers come to, where no provider posts them: imaps://user:password@host/INBOX */
    INBOUND_IMAP_URL: z
      .string()
      .refine((url) => isMailbox(url), 'must be imaps://user:password@host/INBOX')
      .optional(),
    HOST: z.string().default('0.0.0.0'),
    PORT: port.default(3000),
    /** The worker's own port for /health and /metrics; none when unset. */
    WORKER_PORT: port.optional(),
    /** Milliseconds between two looks for due work. */
    WORKER_POLL_MS: z.coerce.number().int().min(5).max(10_000).default(100),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    FILES_DIR: z.string().default('.data/files'),
    /** Another host name of the web process, for nothing but files; unset: they are served at the app's own. */
    FILES_ORIGIN: empty(web.transform((url) => url.replace(/\/$/, ''))),
    /** Megabytes of pictures and videos that one shop may have stored. */
    FILES_QUOTA_MB: z.coerce.number().int().min(1).default(5000),
    /** Set: files go to this bucket instead of FILES_DIR. */
    S3_BUCKET: empty(z.string().regex(/^[a-z0-9.-]{3,63}$/, 'must be the name of a bucket')),
    S3_ENDPOINT: empty(web),
    S3_REGION: z.string().default('us-east-1'),
    S3_ACCESS_KEY_ID: empty(z.string()),
    S3_SECRET_ACCESS_KEY: empty(z.string()),
    /** Set by whoever attaches another App Bridge from outside; unset = Shopify's CDN. */
    APP_BRIDGE_URL: z.string().optional(),
  })
  .superRefine((settings, context) => {
    const need = (name: 'SMTP_URL' | 'RESEND_API_KEY', when: boolean) => {
      if (when && !settings[name]) {
        context.addIssue({
          code: 'custom',
          path: [name],
          message: `needed with EMAIL_PROVIDER=${settings.EMAIL_PROVIDER}`,
        });
      }
    };
    if (settings.ENCRYPTION_KEY_PREVIOUS && !settings.LASTING_KEY) {
      const message = 'needed once ENCRYPTION_KEY is rotated: the key before the first rotation, for good';
      context.addIssue({ code: 'custom', path: ['LASTING_KEY'], message });
    }
    for (const name of ['S3_ENDPOINT', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const)
      if (settings.S3_BUCKET && !settings[name])
        context.addIssue({ code: 'custom', path: [name], message: 'needed with S3_BUCKET' });
    for (const name of ['INBOUND_POSTMARK_LOGIN', 'INBOUND_MAILGUN_KEY', 'INBOUND_IMAP_URL'] as const) {
      if (settings[name] && !settings.INBOUND_ADDRESS) {
        const message = `needed with ${name}: where answers are to come to`;
        context.addIssue({ code: 'custom', path: ['INBOUND_ADDRESS'], message });
      }
    }
    need('SMTP_URL', settings.EMAIL_PROVIDER === 'smtp');
    need('RESEND_API_KEY', settings.EMAIL_PROVIDER === 'resend');
  });

export type Config = z.infer<typeof schema>;

/** @throws Error that names every setting that is missing or senseless, never its value */
export function readConfig(env: Partial<NodeJS.ProcessEnv>): Config {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${problem(issue.message)}`);
  throw new Error(`These settings are missing or senseless:\n${problems.join('\n')}`);
}

const problem = (message: string) => (message.includes('received undefined') ? 'missing' : message);

let loaded: Config | undefined;

/** The settings of this process, read once. */
export function config(): Config {
  return (loaded ??= readConfig(process.env));
}
