/** What the store itself is busy with (a bulk operation, codes being made): real time, known to the clock. */

export interface Work {
  /** Does it in a moment; the clock waits for it. */
  start(name: string, task: () => Promise<void> | void): void;
  /** Names of what is under way. */
  list(): string[];
  /** Rises with everything that is started or done. */
  count(): number;
}

/** As long as Shopify's asynchronous parts take here. */
const DELAY_MS = 40;

export function createWork(log: (line: string) => void): Work {
  const underWay = new Map<number, string>();
  let count = 0;
  return {
    start(name, task) {
      const id = ++count;
      underWay.set(id, name);
      setTimeout(() => {
        Promise.resolve()
          .then(task)
          .catch((error: unknown) => log(`${name}: ${String(error)}`))
          .finally(() => {
            underWay.delete(id);
            count++;
          });
      }, DELAY_MS);
    },
    list: () => [...underWay.values()],
    count: () => count,
  };
}
