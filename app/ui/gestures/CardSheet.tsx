import type { StoryView } from './storyWords.ts';

interface CardSheetProps {
  card: { why: string; note: string; order: string | null; story: StoryView | null };
  shop: string;
}

/** A sheet of paper: who it is for and why, what they did and said, and room to write. cards.css prints one a page. */
export function CardSheet({ card: { why, note, order, story }, shop }: CardSheetProps) {
  return (
    <article className="card-sheet">
      <header>
        <h2>{story?.name ?? 'A customer'}</h2>
        <p>{order ? `Goes with ${order}` : 'Goes with their next order'}</p>
      </header>
      <p className="card-why">{why}.</p>
      {story && story.sentences.length > 0 ? (
        <ul>
          {story.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : null}
      {story?.words.map(({ text, on }) => (
        <blockquote key={text}>
          {`“${text}”`}
          <cite>{on}</cite>
        </blockquote>
      ))}
      {note ? <p className="card-note">{note}</p> : null}
      <div className="card-room" aria-hidden="true" />
      <footer>{shop}</footer>
    </article>
  );
}
