// A sampler that sketches faces: one identity's images as a grid of tiles. Run it by `node sampler.mjs`.
import { PNG } from 'pngjs';
import { plugin, store } from './plugin.mjs';
import { uniform } from './noise.mjs';

const NAME = 'sketch';
const TILE = 96;
const COLUMNS = 4;

const ellipse = (x, y, cx, cy, rx, ry) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1;

/** What an identity looks like, from the direction of its context; each number between 0 and 1. */
function looks(context) {
  const length = Math.sqrt(context.reduce((sum, v) => sum + v * v, 0)) || 1;
  return context.slice(0, 10).map((v) => Math.min(1, Math.max(0, 0.5 + (v / length) * 6)));
}

/** One image: shot (three numbers between 0 and 1) moves the head and dims the light; draws into the grid at (left, top). */
function sketch(png, left, top, [wide, high, red, green, eyes, eyeSize, mouth, lips, hair, back], shot) {
  const [cx, cy, light] = [TILE * (0.46 + 0.08 * shot[0]), TILE * (0.5 + 0.06 * shot[1]), 0.75 + 0.25 * shot[2]];
  const [rx, ry] = [TILE * (0.26 + 0.1 * wide), TILE * (0.34 + 0.1 * high)];
  const eyeX = rx * (0.35 + 0.15 * eyes);
  const eyeR = rx * (0.1 + 0.08 * eyeSize);
  for (let y = 0; y < TILE; y++) {
    for (let x = 0; x < TILE; x++) {
      let colour = [60 + 120 * back, 90 + 60 * hair, 140];
      if (ellipse(x, y, cx, cy - ry * 0.25, rx * 1.12, ry * 0.95)) colour = [30 + 120 * hair, 25 + 80 * hair, 20 + 40 * hair];
      if (ellipse(x, y, cx, cy + ry * 0.08, rx, ry * 0.92)) colour = [150 + 90 * red, 105 + 85 * green, 85 + 70 * green];
      for (const side of [-1, 1]) {
        if (ellipse(x, y, cx + side * eyeX, cy - ry * 0.1, eyeR * 1.5, eyeR)) colour = [245, 245, 240];
        if (ellipse(x, y, cx + side * eyeX, cy - ry * 0.1, eyeR * 0.7, eyeR * 0.8)) colour = [40, 35, 60 + 120 * eyes];
      }
      if (ellipse(x, y, cx, cy + ry * 0.55, rx * (0.25 + 0.2 * mouth), ry * (0.05 + 0.06 * lips))) colour = [170, 60 + 40 * lips, 70];
      const at = ((top + y) * png.width + left + x) * 4;
      colour.forEach((c, channel) => { png.data[at + channel] = Math.round(c * light); });
      png.data[at + 3] = 255;
    }
  }
}

async function make(event, exact, beat) {
  const grid = { tile_size: TILE, columns: COLUMNS, count: event.images + event.sampling.spare };
  const png = new PNG({ width: TILE * Math.min(COLUMNS, grid.count), height: TILE * Math.ceil(grid.count / COLUMNS) });
  for (let at = 3; at < png.data.length; at += 4) png.data[at] = 255; // cells past the last image are black
  for (let image = 0; image < grid.count; image++) {
    const shot = uniform(BigInt(exact.seed), event.ordinal, image, -2, 3);
    sketch(png, (image % COLUMNS) * TILE, Math.floor(image / COLUMNS) * TILE, looks(event.context), shot);
    await beat();
  }
  const block = await store.put('blocks', `${event.run}/${event.ordinal}.png`, PNG.sync.write(png, { colorType: 2 }));
  const origin = { sampler: { name: NAME, version: '1', sha256: '' }, model: '', model_sha256: '', device: '' };
  const result = { block, grid, origin };
  await store.put('blocks', `${event.run}/${event.ordinal}.json`, Buffer.from(JSON.stringify(result))); // last: the commit mark
  return result;
}

plugin({
  name: NAME,
  reads: `facemill.identity-contexts.${NAME}`,
  takes: 'identity-context.v1',
  work: async (event, exact, beat) => {
    const { run, ordinal, attempt, images, alignment, encoder, next_topic, later_topics } = event;
    const found = await store.find('blocks', `${run}/${ordinal}.json`);
    const { block, grid, origin } = found === null ? await make(event, exact, beat) : JSON.parse(found);
    return [next_topic, 'raw-block.v1', { run, ordinal, attempt, images, alignment, encoder, block, grid, origin,
      next_topic: later_topics[0], later_topics: later_topics.slice(1) }];
  },
});
