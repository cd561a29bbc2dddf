// An aligner that knows no faces: it takes the middle of each picture. Run it by `node aligner.mjs`.
import { PNG } from 'pngjs';
import { Refused, plugin, store } from './plugin.mjs';

const NAME = 'middle';
const SIDE = 112;
const MARGIN = 0.1; // of a tile's side, cut off all around

/** Whether a tile is of more than one colour: what is not shows nobody. */
function shows(png, left, top, size) {
  const at = (x, y) => png.data.readUInt32BE(((top + y) * png.width + left + x) * 4);
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) if (at(x, y) !== at(0, 0)) return true;
  return false;
}

/** Numbers of the tiles that become crops, or why the identity is discarded. */
function chosen(visible, wanted, policy) {
  if (policy === 'resize') return { numbers: visible.map((_, i) => i).slice(0, wanted), discarded: '' };
  const numbers = visible.map((shown, i) => (shown && (policy === 'spare' || i < wanted) ? i : -1)).filter((i) => i >= 0);
  return { numbers: numbers.slice(0, wanted),
    discarded: numbers.length >= wanted ? '' : `${numbers.length} of ${visible.length} pictures show somebody, ${wanted} are wanted` };
}

/** The middle of a tile, resized bilinearly into the sheet. */
function copy(from, left, top, size, to, x0, y0) {
  const scale = (size * (1 - 2 * MARGIN)) / SIDE;
  const pixel = (x, y, c) => from.data[((top + Math.min(size - 1, y)) * from.width + left + Math.min(size - 1, x)) * 4 + c];
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const [u, v] = [size * MARGIN + (x + 0.5) * scale - 0.5, size * MARGIN + (y + 0.5) * scale - 0.5];
      const [i, j] = [Math.floor(u), Math.floor(v)];
      const [a, b] = [u - i, v - j];
      const out = ((y0 + y) * to.width + x0 + x) * 4;
      for (let c = 0; c < 4; c++) {
        to.data[out + c] = Math.round((1 - b) * ((1 - a) * pixel(i, j, c) + a * pixel(i + 1, j, c))
          + b * ((1 - a) * pixel(i, j + 1, c) + a * pixel(i + 1, j + 1, c)));
      }
    }
  }
}

async function align({ run, ordinal, block, grid, images, alignment }) {
  const { tile_size: size, columns, count } = grid;
  const png = PNG.sync.read(await store.get(block));
  const expected = [Math.min(columns, count) * size, Math.ceil(count / columns) * size];
  if (png.width !== expected[0] || png.height !== expected[1]) throw new Refused(`the block is ${png.width}x${png.height}, its grid ${expected.join('x')} pixels`);
  const corner = (i, side) => [(i % columns) * side, Math.floor(i / columns) * side];
  const visible = Array.from({ length: count }, (_, i) => shows(png, ...corner(i, size), size));
  const { numbers, discarded } = chosen(visible, images, alignment.policy);
  const details = { images: [], block: null, grid: { tile_size: SIDE, columns, count: images }, discarded };
  if (!discarded) {
    const sheet = new PNG({ width: Math.min(columns, images) * SIDE, height: Math.ceil(images / columns) * SIDE });
    numbers.forEach((tile, place) => {
      copy(png, ...corner(tile, size), size, sheet, ...corner(place, SIDE));
      details.images.push({ tile, treatment: 'resized' });
    });
    details.block = await store.put('aligned', `${run}/${ordinal}.png`, PNG.sync.write(sheet, { colorType: 2 }));
  }
  const json = Buffer.from(JSON.stringify(details));
  await store.put('aligned', `${run}/${ordinal}.json`, json); // last: the commit mark
  return json;
}

plugin({
  name: NAME,
  reads: `facemill.raw-blocks.${NAME}`,
  takes: 'raw-block.v1',
  work: async (event) => {
    const { run, ordinal, attempt, images, encoder, alignment, origin, next_topic, later_topics } = event;
    const json = await store.find('aligned', `${run}/${ordinal}.json`) ?? await align(event);
    const { block, grid, discarded } = JSON.parse(json);
    if (discarded) {
      return ['facemill.identity-outcomes', 'identity-outcome.v1',
        { run, ordinal, attempt, outcome: 'discarded', stage: NAME, reason: discarded, crops: null }];
    }
    return [next_topic, 'aligned-block.v1', { run, ordinal, attempt, images, encoder, block, grid,
      details: store.reference('aligned', `${run}/${ordinal}.json`, json), landmarks: alignment.landmarks,
      origin: { ...origin, aligner: { name: NAME, version: '1', sha256: '' } },
      next_topic: later_topics[0], later_topics: later_topics.slice(1) }];
  },
});
