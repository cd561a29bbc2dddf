// The contract's noise, so that the same event gives the same image whoever draws it: Philox4x32-10.
const LOW = 0xffffffffn;

function philox(seed, counter) {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = [seed & LOW, (seed >> 32n) & LOW];
  for (let round = 0; round < 10; round++) {
    const [p0, p1] = [0xd2511f53n * c0, 0xcd9e8d57n * c2];
    [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & LOW, (p0 >> 32n) ^ c3 ^ k1, p0 & LOW];
    [k0, k1] = [(k0 + 0x9e3779b9n) & LOW, (k1 + 0xbb67ae85n) & LOW];
  }
  return [c0, c1, c2, c3];
}

/** So many numbers uniform in (0, 1); the step -2 is that of what is drawn once an image, such as pose and light. */
export function uniform(seed, ordinal, image, step, count) {
  const word = (index) => philox(seed, [BigInt(index >> 2), BigInt(step) & LOW, BigInt(image) & LOW, BigInt(ordinal)])[index & 3];
  return Array.from({ length: count }, (_, index) => (Number(word(index)) + 0.5) / 2 ** 32);
}
