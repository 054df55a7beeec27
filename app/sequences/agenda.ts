/** What is to be done when: the earliest first, and of the same moment whatever was entered first. */
export interface Agenda<Item> {
  enter(at: Date, item: Item): void;
  /** Takes the first one out; null when nothing is left. */
  next(): { at: Date; item: Item } | null;
}

interface Entry<Item> {
  at: Date;
  ms: number;
  number: number;
  item: Item;
}

/** A binary heap. */
export function makeAgenda<Item>(): Agenda<Item> {
  const heap: Entry<Item>[] = [];
  let entered = 0;
  const isBefore = (a: number, b: number) => {
    const [left, right] = [heap[a]!, heap[b]!];
    return left.ms < right.ms || (left.ms === right.ms && left.number < right.number);
  };
  const swap = (a: number, b: number) => {
    const held = heap[a]!;
    heap[a] = heap[b]!;
    heap[b] = held;
  };
  const sink = () => {
    for (let place = 0; ;) {
      let least = place;
      for (const child of [2 * place + 1, 2 * place + 2]) {
        if (child < heap.length && isBefore(child, least)) least = child;
      }
      if (least === place) return;
      swap(place, least);
      place = least;
    }
  };
  return {
    enter(at, item) {
      heap.push({ at, ms: at.getTime(), number: entered++, item });
      for (let place = heap.length - 1; place > 0;) {
        const parent = (place - 1) >> 1;
        if (!isBefore(place, parent)) return;
        swap(place, parent);
        place = parent;
      }
    },
    next() {
      const first = heap[0];
      if (!first) return null;
      const last = heap.pop()!;
      if (heap.length > 0) {
        heap[0] = last;
        sink();
      }
      return { at: first.at, item: first.item };
    },
  };
}
