"""The contract's noise, so that the same event gives the same image whoever draws it: Philox4x32-10."""
LOW = 0xFFFFFFFF


def philox(seed, counter):
    c0, c1, c2, c3 = counter
    k0, k1 = seed & LOW, seed >> 32 & LOW
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & LOW, (p0 >> 32) ^ c3 ^ k1, p0 & LOW
        k0, k1 = k0 + 0x9E3779B9 & LOW, k1 + 0xBB67AE85 & LOW
    return c0, c1, c2, c3


def uniform(seed, ordinal, image, step, count):
    """So many numbers uniform in (0, 1); the step -2 is that of what is drawn once an image, such as pose and light."""
    words = [philox(seed, (i // 4, step & LOW, image & LOW, ordinal))[i % 4] for i in range(count)]
    return [(word + 0.5) / 2**32 for word in words]
