"""An aligner that knows no faces: it takes the middle of each picture. Run it by `python3 aligner.py`."""
import io
import json

from PIL import Image, ImageStat

from plugin import Plugin, Refused, find, get, put, reference

NAME = "centre"
SIDE = 112
MARGIN = 0.1  # of a tile's side, cut off all around

plugin = Plugin(NAME, "facemill.raw-blocks." + NAME, "raw-block.v1")


def tiles(event):
    """The pictures of a block, row by row; cells past the last are padding."""
    size, columns, count = (event["grid"][field] for field in ("tile_size", "columns", "count"))
    picture = Image.open(io.BytesIO(get(event["block"]))).convert("RGB")
    expected = (min(columns, count) * size, -(-count // columns) * size)
    if picture.size != expected:
        raise Refused(f"the block is {picture.size}, its grid {expected} pixels")
    corners = [(i % columns * size, i // columns * size) for i in range(count)]
    return [picture.crop((x, y, x + size, y + size)) for x, y in corners]


def chosen(pictures, wanted, policy):
    """Numbers of the pictures that become crops, or why the identity is discarded. What is of one colour shows nobody."""
    shows = [i for i, picture in enumerate(pictures) if max(ImageStat.Stat(picture).stddev) > 1]
    if policy == "resize":
        return list(range(wanted)), ""
    if policy == "discard":
        shows = [i for i in shows if i < wanted]
    return shows[:wanted], "" if len(shows) >= wanted else f"{len(shows)} of {len(pictures)} pictures show somebody, {wanted} are wanted"


def align(event, key):
    pictures = tiles(event)
    wanted, columns = event["images"], event["grid"]["columns"]
    numbers, discarded = chosen(pictures, wanted, event["alignment"]["policy"])
    details = {"images": [], "block": None, "grid": {"tile_size": SIDE, "columns": columns, "count": wanted}, "discarded": discarded}
    if not discarded:
        sheet = Image.new("RGB", (min(columns, wanted) * SIDE, -(-wanted // columns) * SIDE))
        for place, number in enumerate(numbers):
            side = pictures[number].width
            middle = (MARGIN * side, MARGIN * side, (1 - MARGIN) * side, (1 - MARGIN) * side)
            crop = pictures[number].resize((SIDE, SIDE), Image.Resampling.BICUBIC, middle)
            sheet.paste(crop, (place % columns * SIDE, place // columns * SIDE))
            details["images"].append({"tile": number, "treatment": "resized"})
        png = io.BytesIO()
        sheet.save(png, "PNG")
        details["block"] = put("aligned", key + ".png", png.getvalue())
    body = json.dumps(details).encode()
    put("aligned", key + ".json", body)  # last: the commit mark
    return body


def work(event, beat):
    key = f"{event['run']}/{event['ordinal']}"
    body = find("aligned", key + ".json") or align(event, key)
    details = json.loads(body)
    if details["block"] is None:
        return plugin.outcome(event, "discarded", details["discarded"])
    handed_on = {field: event[field] for field in ("run", "ordinal", "attempt", "images", "encoder")}
    return event["next_topic"], "aligned-block.v1", {
        **handed_on, "block": details["block"], "grid": details["grid"], "details": reference("aligned", key + ".json", body),
        "landmarks": event["alignment"]["landmarks"],
        "origin": {**event["origin"], "aligner": {"name": NAME, "version": "1", "sha256": ""}},
        "next_topic": event["later_topics"][0], "later_topics": event["later_topics"][1:]}


plugin.run(work)
