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

  const reviewItem = (block, review) => {
    const item = make('li');
    const { locale, verified, shopSays } = block.dataset;
    const day = new Date(review.at).toLocaleDateString(locale, { dateStyle: 'long' });
    item.append(stars(block, review.stars));
    if (review.title) item.append(make('h3', review.title));
    if (review.text) item.append(make('p', review.text));
    if (review.photos.length) item.append(pictures(block, review.photos));
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
    for (const src of story.videos)
      item.append(make('video', '', { src, controls: true, preload: 'none', playsInline: true, width: 192 }));
    if (story.title) item.append(make('h3', story.title));
    if (story.caption) item.append(make('p', story.caption));
    if (story.name) item.append(make('p', story.name, { className: 'everafter-count' }));
    return item;
  };

  const load = async (block, after, sort) => {
    const list = block.querySelector('[data-everafter-list]');
    if (!list) return;
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
      if (!list.children.length) list.append(make('li', block.dataset.failed));
      return;
    }
    if (!after) list.replaceChildren();
    const items = answer.reviews || answer.stories || [];
    list.append(...items.map((item) => (kind === 'stories' ? storyItem : reviewItem)(block, item)));
    block.hidden = !list.children.length;
    block.querySelector('[data-everafter-more]')?.remove();
    if (answer.next && kind === 'reviews') {
      const more = make('button', block.dataset.more, { type: 'button' });
      more.dataset.everafterMore = '';
      more.addEventListener('click', () => void load(block, answer.next, sort));
      block.append(more);
    }
  };

  const begin = (block) => {
    const tools = block.querySelector('.everafter-tools');
    if (tools) tools.hidden = false;
    block
      .querySelector('[data-everafter-sort]')
      ?.addEventListener('change', (event) => void load(block, '', event.target.value));
    void load(block, '', '');
  };

  const watch = () => {
    const near = new IntersectionObserver(
      (seen) => {
        for (const { isIntersecting, target } of seen) {
          if (!isIntersecting) continue;
          near.unobserve(target);
          begin(target);
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
