/** The file that a bulk operation writes: one object a line, children after their parent. */

/** A line with the lines of its connections. */
export interface BulkGroup {
  node: Record<string, unknown>;
  children: Record<string, unknown>[];
}

/** Puts every parent together with the children that follow it; needs the grouped form of the file. */
export async function* groupsOf(lines: AsyncIterable<string>): AsyncIterable<BulkGroup> {
  let group: BulkGroup | null = null;
  for await (const line of lines) {
    if (line === '') continue;
    const object = JSON.parse(line) as Record<string, unknown>;
    if (object['__parentId'] !== undefined) {
      group?.children.push(object);
      continue;
    }
    if (group) yield group;
    group = { node: object, children: [] };
  }
  if (group) yield group;
}

/** Lines of a stream of bytes, whatever pieces it comes in. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const pieces = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = pieces.pop() ?? '';
    yield* pieces;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
