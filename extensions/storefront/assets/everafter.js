/* Fills the blocks once the page has loaded and they come near; texts are put in as texts, never as HTML. */
(() => {
  if (window.everafterBlocks) return;
  window.everafterBlocks = true;

  const make = (tag, text, more) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    return Object.assign(element, more);
  };

  const stars = (block, count) => {
    const element = make('span', '', { className: 'everafter-stars' });
    element.setAttribute('role', 'img');
    element.setAttribute('aria-label', block.dataset.starsOf.replace('%', count));
    element.style.setProperty('--everafter-part', `${count * 20}%`);
    return element;
  };

  const pictures = (block, photos) => {
    const row = make('div', '', { className: 'everafter-photos' });
    for (const { src, srcset, page } of photos) {
      const link = make('a', '', { href: page || src, target: '_blank', rel: 'noopener' });
      link.append(
        make('img', '', {
          loading: 'lazy',
          width: 96,
          height: 96,
          alt: block.dataset.photo,
          sizes: '96px',
          srcset: srcset || '',
          src,
        }),
      );
      row.append(link);
    }
    return row;
  };

  const films = (addresses) =>
    addresses.map((src) =>
      make('video', '', { src, controls: true, preload: 'none', playsInline: true, width: 192 }),
    );

  const reviewItem = (block, review) => {
    const item = make('li');
    const { verified, shopSays } = block.dataset;
    const day = dayOf(block, review.at);
    item.append(stars(block, review.stars));
    if (review.title) item.append(make('h3', review.title));
    if (review.text) item.append(make('p', review.text));
    if (review.photos.length) item.append(pictures(block, review.photos));
    item.append(...films(review.videos));
    const by = [review.name, day, review.verified && verified].filter(Boolean).join(' · ');
    item.append(make('p', by, { className: 'everafter-count' }));
    if (review.reply) {
      const reply = make('blockquote');
      reply.append(make('strong', shopSays), make('p', review.reply));
      item.append(reply);
    }
    return item;
  };

  const storyItem = (block, story) => {
    const item = make('li');
    item.append(pictures(block, story.photos));
    item.append(...films(story.videos));
    if (story.title) item.append(make('h3', story.title));
    if (story.caption) item.append(make('p', story.caption));
    if (story.name) item.append(make('p', story.name, { className: 'everafter-count' }));
    return item;
  };

  const dayOf = (block, at) => new Date(at).toLocaleDateString(block.dataset.locale, { dateStyle: 'long' });

  const questionItem = (block, question) => {
    const { verified, shopSays, unanswered } = block.dataset;
    const item = make('li');
    item.append(make('h3', question.text));
    const by = [question.name, dayOf(block, question.at)].filter(Boolean).join(' · ');
    item.append(make('p', by, { className: 'everafter-count' }));
    for (const { text, by: who, name, at } of question.answers) {
      const answer = make('blockquote');
      const says = who === 'merchant' ? shopSays : [name, verified].filter(Boolean).join(' · ');
      answer.append(
        make('strong', says),
        make('p', text),
        make('p', dayOf(block, at), { className: 'everafter-count' }),
      );
      item.append(answer);
    }
    if (!question.answers.length) item.append(make('p', unanswered, { className: 'everafter-count' }));
    return item;
  };

  /* Told to search engines as what they are: questions about the product, each with its answers. */
  const describe = (block, questions) => {
    const { shop, productUrl } = block.dataset;
    const answerOf = ({ text, by, name, at }) => ({
      '@type': 'Answer',
      text,
      dateCreated: at,
      author: {
        '@type': by === 'merchant' ? 'Organization' : 'Person',
        name: by === 'merchant' ? shop : name || '',
      },
    });
    const graph = questions
      .filter(({ answers }) => answers.length)
      .map(({ text, at, name, answers }) => {
        const merchant = answers.filter(({ by }) => by === 'merchant');
        const buyers = answers.filter(({ by }) => by !== 'merchant');
        return {
          '@type': 'Question',
          name: text,
          text,
          dateCreated: at,
          answerCount: answers.length,
          ...(name && { author: { '@type': 'Person', name } }),
          ...(merchant.length && { acceptedAnswer: answerOf(merchant[0]) }),
          ...(buyers.length && { suggestedAnswer: buyers.map(answerOf) }),
          about: { '@type': 'Product', '@id': productUrl },
        };
      });
    block.querySelector('[data-everafter-data]')?.remove();
    if (!graph.length) return;
    const data = make('script', JSON.stringify({ '@context': 'https://schema.org', '@graph': graph }), {
      type: 'application/ld+json',
    });
    data.dataset.everafterData = '';
    block.append(data);
  };

  const PROBLEMS = { 'too-short': 'tooShort', email: 'badEmail', 'too-many': 'tooMany' };

  const takeQuestions = (block) => {
    const form = block.querySelector('form');
    const link = block.querySelector('.everafter-ask');
    if (!form || !link) return;
    const told = form.querySelector('[data-everafter-told]');
    const { source, product, locale } = block.dataset;
    link.querySelector('a').addEventListener('click', (event) => {
      event.preventDefault();
      link.hidden = true;
      form.hidden = false;
      form.elements.text.focus();
    });
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const button = form.querySelector('button');
      button.disabled = true;
      told.textContent = '';
      try {
        const response = await fetch(`${source}?${new URLSearchParams({ product })}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json' },
          body: JSON.stringify({ ...Object.fromEntries(new FormData(form)), locale }),
        });
        const answer = await response.json();
        if (response.ok) form.reset();
        told.textContent = block.dataset[response.ok ? answer.told : PROBLEMS[answer.problem] || 'failed'];
      } catch {
        told.textContent = block.dataset.failed;
      }
      button.disabled = false;
    });
  };

  const ITEMS = { stories: storyItem, questions: questionItem };

  const load = async (block, after, sort) => {
    const list = block.querySelector('[data-everafter-list]');
    if (!list) return;
    const late = list.matches('.everafter-late');
    const { source, product, everafter: kind, locale } = block.dataset;
    const query = new URLSearchParams({ locale });
    if (product) query.set('product', product);
    if (after) query.set('after', after);
    if (sort) query.set('sort', sort);
    let answer;
    try {
      const response = await fetch(`${source}?${query}`, { headers: { accept: 'application/json' } });
      if (!response.ok) throw new Error(String(response.status));
      answer = await response.json();
    } catch {
      if (!list.children.length && !late) list.append(make('li', block.dataset.failed));
      return;
    }
    if (!after) list.replaceChildren();
    const items = answer.reviews || answer.stories || answer.questions || [];
    list.append(...items.map((item) => (ITEMS[kind] || reviewItem)(block, item)));
    if (kind === 'questions') {
      block.everafterShown = [...(after ? block.everafterShown : []), ...items];
      describe(block, block.everafterShown);
      if (!list.children.length) list.append(make('li', block.dataset.none));
    } else if (late) {
      // The theme was not told of them.
      if (items.length)
        for (const none of document.querySelectorAll(`[data-everafter-none="${product}"]`)) none.remove();
    } else block.hidden = !list.children.length;
    block.querySelector('[data-everafter-more]')?.remove();
    if (answer.next && kind !== 'carousel') {
      const more = make('button', block.dataset.more, { type: 'button' });
      more.dataset.everafterMore = '';
      more.addEventListener('click', () => void load(block, answer.next, sort));
      list.after(more);
    }
  };

  /* Its line is there from the beginning: what comes late moves nothing. */
  const answerTime = async (block) => {
    try {
      const response = await fetch(block.dataset.source, { headers: { accept: 'application/json' } });
      const { hours } = response.ok ? await response.json() : {};
      if (hours)
        block.textContent = hours === 1 ? block.dataset.hour : block.dataset.hours.replace('%', hours);
    } catch {
      /* Nothing is promised then. */
    }
  };

  const begin = (block) => {
    if (block.dataset.everafter === 'answer-time') return void answerTime(block);
    const tools = block.querySelector('.everafter-tools');
    if (tools) tools.hidden = false;
    block
      .querySelector('[data-everafter-sort]')
      ?.addEventListener('change', (event) => void load(block, '', event.target.value));
    if (block.dataset.everafter === 'questions') takeQuestions(block);
    void load(block, '', '');
  };

  const watch = () => {
    const near = new IntersectionObserver(
      (seen) => {
        for (const { isIntersecting, target } of seen) {
          if (!isIntersecting) continue;
          near.unobserve(target);
          // Whoever looks at the page comes first: Safari has no idle time to ask for.
          (window.requestIdleCallback || setTimeout)(() => begin(target));
        }
      },
      { rootMargin: '600px' },
    );
    document.querySelectorAll('[data-everafter]').forEach((block) => near.observe(block));
  };

  if (document.readyState === 'complete') watch();
  else addEventListener('load', () => setTimeout(watch, 0), { once: true });
  document.addEventListener('shopify:section:load', watch);
})();
