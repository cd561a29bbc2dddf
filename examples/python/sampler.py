"""A sampler that draws masks: one identity's images as a grid of tiles. Run it by `python3 sampler.py`."""
import io
import json
import math

import PIL
from PIL import Image, ImageDraw

from noise import uniform
from plugin import Plugin, find, put

NAME = "mask"
TILE = 96
COLUMNS = 4

plugin = Plugin(NAME, "facemill.identity-contexts." + NAME, "identity-context.v1")


def looks(context):
    """What an identity looks like, from the direction of its context; each number between 0 and 1."""
    length = math.sqrt(sum(v * v for v in context)) or 1
    return [min(1, max(0, 0.5 + v / length * 6)) for v in context[:8]]


def draw(sheet, left, top, traits, shot):
    """One image: shot, three numbers between 0 and 1, moves the head and dims the light."""
    wide, high, red, green, eyes, mouth, hair, back = traits
    cx, cy, light = left + TILE * (0.46 + 0.08 * shot[0]), top + TILE * (0.5 + 0.06 * shot[1]), 0.75 + 0.25 * shot[2]
    rx, ry = TILE * (0.26 + 0.1 * wide), TILE * (0.34 + 0.1 * high)

    def ellipse(x, y, width, height, *colour):
        sheet.ellipse((x - width, y - height, x + width, y + height), tuple(round(c * light) for c in colour))

    sheet.rectangle((left, top, left + TILE - 1, top + TILE - 1), tuple(round(c * light) for c in (60 + 120 * back, 90, 140)))
    ellipse(cx, cy, rx, ry, 150 + 90 * red, 105 + 85 * green, 85 + 70 * green)
    for side in (-1, 1):
        ellipse(cx + side * rx * (0.35 + 0.15 * eyes), cy - ry * 0.1, rx * 0.16, rx * 0.1, 40, 35, 60 + 120 * hair)
    ellipse(cx, cy + ry * 0.55, rx * (0.25 + 0.2 * mouth), ry * 0.08, 170, 60, 70)


def make(event, key, beat):
    count = event["images"] + event["sampling"]["spare"]
    picture = Image.new("RGB", (min(COLUMNS, count) * TILE, -(-count // COLUMNS) * TILE))
    for image in range(count):
        shot = uniform(event["seed"], event["ordinal"], image, -2, 3)
        draw(ImageDraw.Draw(picture), image % COLUMNS * TILE, image // COLUMNS * TILE, looks(event["context"]), shot)
        beat()
    png = io.BytesIO()
    picture.save(png, "PNG")
    result = {
        "block": put("blocks", key + ".png", png.getvalue()),
        "grid": {"tile_size": TILE, "columns": COLUMNS, "count": count},
        # how ellipses are drawn is the library's own affair: the bytes depend on its version
        "origin": {"sampler": {"name": NAME, "version": "1", "sha256": ""}, "model": "", "model_sha256": "",
                   "device": "pillow/" + PIL.__version__}}
    put("blocks", key + ".json", json.dumps(result).encode())  # last: the commit mark
    return result


def work(event, beat):
    key = f"{event['run']}/{event['ordinal']}"
    found = find("blocks", key + ".json")
    made = json.loads(found) if found else make(event, key, beat)
    handed_on = {field: event[field] for field in ("run", "ordinal", "attempt", "images", "alignment", "encoder")}
    return event["next_topic"], "raw-block.v1", {
        **handed_on, "block": made["block"], "grid": made["grid"], "origin": made["origin"],
        "next_topic": event["later_topics"][0], "later_topics": event["later_topics"][1:]}


plugin.run(work)
