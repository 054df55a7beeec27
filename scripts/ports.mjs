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
    if ((await listenError(port, HOSTS[0])) === 'EACCES')
      return `Port ${port} may only be opened by the administrator of this machine. Choose one above 1023: ${setting}=${4000 + port} npm start`;
    if (await isKeptOut(port))
      return `Port ${port} is kept for other services: neither browsers nor the parts of Everafter may call it. Choose another port: ${setting}=${port + 10} npm start`;
  }
  return null;
}

const HOSTS = ['127.0.0.1', '::1'];

/** `localhost` is either address; a machine without IPv6 has the first only. */
async function isTaken(port) {
  for (const host of HOSTS) if ((await listenError(port, host)) === 'EADDRINUSE') return true;
  return false;
}

/** The standard of fetch has a list of ports that nothing on the web may call; whoever asks hears so at once. */
const isKeptOut = (port) =>
  fetch(`http://127.0.0.1:${port}`).then(
    async (answer) => {
      await answer.body?.cancel();
      return false;
    },
    (error) => error.cause?.message === 'bad port',
  );

function listenError(port, host) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', (error) => resolve(error.code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}
