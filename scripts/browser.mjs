/** Finds a Chromium for the tests, or has the system's package manager install one where that is allowed. */
import { existsSync } from 'node:fs';
import { run, step } from './install.mjs';

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @returns {string | undefined} path of a Chromium that is installed */
export const findBrowser = () => PLACES.find((place) => place && existsSync(place));

/** @returns {Promise<string | undefined>} path of a Chromium; undefined when there is none and none may be installed */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  const mayInstall =
    process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!mayInstall) {
    console.log(
      'No Chromium found: install chromium (or set CHROMIUM_PATH), or the browser tests will fail.',
    );
    return undefined;
  }
  await step('Installing Chromium for the browser tests', async () => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { quiet: true, env });
    await run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-core', 'fonts-noto-cjk'],
      { quiet: true, env },
    );
  });
  return findBrowser();
}
