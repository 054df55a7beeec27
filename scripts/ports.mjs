/** The ports that a start needs, looked at before anything is started. Plain Node, no packages. */
import net from 'node:net';

/** Names of settings with the ports that they ask for. */
export const wantedPorts = (env = process.env) => ({
  PORT: env.PORT ?? '4000',
  APP_PORT: env.APP_PORT ?? '3000',
});

/** @returns {Promise<string | null>} what is wrong with the wanted ports, by the name of the setting */
export async function portProblem(wanted = wantedPorts()) {
  const seen = new Map();
  for (const [setting, text] of Object.entries(wanted)) {
    const port = Number(text);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      return `${setting}=${text} is no port (1 to 65535).`;
    if (seen.has(port))
      return `${seen.get(port)} and ${setting} are both ${port}: two programs cannot share a port.`;
    seen.set(port, setting);
    if (await isTaken(port))
      return `Port ${port} is taken by another program. Stop that one, or choose another port: ${setting}=${port + 10} npm start`;
  }
  return null;
}

/** `localhost` is either address; a machine without IPv6 has the first only. */
async function isTaken(port) {
  for (const host of ['127.0.0.1', '::1']) if ((await listenError(port, host)) === 'EADDRINUSE') return true;
  return false;
}

function listenError(port, host) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', (error) => resolve(error.code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}
