import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** An aligner that knows no faces: it takes the middle of each picture. */
final class Aligner {

    private static final String NAME = "inner";
    private static final int SIDE = 112;
    /** Of a tile's side, cut off all around. */
    private static final double MARGIN = 0.1;

    private static final Store STORE = new Store();
    private static Plugin plugin;

    public static void main(String[] args) throws Exception {
        plugin = new Plugin(NAME, "facemill.raw-blocks." + NAME, "raw-block.v1");
        plugin.run(Aligner::work);
    }

    private static Plugin.Announcement work(JsonNode event, Runnable beat) throws Exception {
        String key = Plugin.key(event);
        Optional<byte[]> found = STORE.find("aligned", key + ".json");
        byte[] json = found.isPresent() ? found.get() : align(event, key);
        JsonNode details = Plugin.JSON.readTree(json);
        if (details.get("block").isNull()) {
            return plugin.outcome(event, "discarded", details.path("discarded").asText());
        }
        ObjectNode block = Plugin.JSON.createObjectNode();
        List.of("run", "ordinal", "attempt", "images", "encoder").forEach(field -> block.set(field, event.get(field)));
        List.of("block", "grid").forEach(field -> block.set(field, details.get(field)));
        block.set("details", STORE.reference("aligned", key + ".json", json));
        block.set("landmarks", event.path("alignment").get("landmarks"));
        ObjectNode origin = event.get("origin").deepCopy();
        origin.putObject("aligner").put("name", NAME).put("version", "1").put("sha256", "");
        block.set("origin", origin);
        ArrayNode later = event.get("later_topics").deepCopy();
        block.set("next_topic", later.remove(0));
        block.set("later_topics", later);
        return new Plugin.Announcement(event.path("next_topic").asText(), "aligned-block.v1", block);
    }

    private static byte[] align(JsonNode event, String key) throws Exception {
        int wanted = event.path("images").asInt();
        int columns = event.path("grid").path("columns").asInt();
        List<BufferedImage> tiles = tiles(event);
        List<Integer> chosen =
                chosen(tiles, wanted, event.path("alignment").path("policy").asText());
        ObjectNode details = Plugin.JSON.createObjectNode().putNull("block").put("discarded", "");
        ArrayNode images = details.putArray("images");
        details.putObject("grid").put("tile_size", SIDE).put("columns", columns).put("count", wanted);
        if (chosen.size() < wanted) {
            details.put(
                    "discarded",
                    chosen.size() + " of " + tiles.size() + " pictures show somebody, " + wanted + " are wanted");
        } else {
            BufferedImage sheet = new BufferedImage(
                    Math.min(columns, wanted) * SIDE,
                    (wanted + columns - 1) / columns * SIDE,
                    BufferedImage.TYPE_INT_RGB);
            for (int place = 0; place < wanted; place++) {
                copy(tiles.get(chosen.get(place)), sheet, place % columns * SIDE, place / columns * SIDE);
                images.addObject().put("tile", chosen.get(place)).put("treatment", "resized");
            }
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(sheet, "png", png);
            details.set("block", STORE.put("aligned", key + ".png", png.toByteArray()));
        }
        byte[] json = Plugin.JSON.writeValueAsBytes(details);
        STORE.put("aligned", key + ".json", json); // last: the commit mark
        return json;
    }

    /** The pictures of a block, row by row; cells past the last are padding. */
    private static List<BufferedImage> tiles(JsonNode event) throws Exception {
        int size = event.path("grid").path("tile_size").asInt();
        int columns = event.path("grid").path("columns").asInt();
        int count = event.path("grid").path("count").asInt();
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(STORE.get(event.get("block"))));
        if (picture == null) {
            throw new Plugin.Refused("the block is no picture");
        }
        if (picture.getWidth() != Math.min(columns, count) * size
                || picture.getHeight() != (count + columns - 1) / columns * size) {
            throw new Plugin.Refused("the block is not of the size that its grid says");
        }
        List<BufferedImage> tiles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tiles.add(picture.getSubimage(i % columns * size, i / columns * size, size, size));
        }
        return tiles;
    }

    /** Numbers of the pictures that become crops. What is of one colour shows nobody. */
    private static List<Integer> chosen(List<BufferedImage> tiles, int wanted, String policy) {
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < tiles.size() && chosen.size() < wanted; i++) {
            if (policy.equals("resize") || shows(tiles.get(i)) && (policy.equals("spare") || i < wanted)) {
                chosen.add(i);
            }
        }
        return chosen;
    }

    private static boolean shows(BufferedImage tile) {
        for (int y = 0; y < tile.getHeight(); y++) {
            for (int x = 0; x < tile.getWidth(); x++) {
                if (tile.getRGB(x, y) != tile.getRGB(0, 0)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void copy(BufferedImage tile, BufferedImage sheet, int x, int y) {
        int from = (int) (tile.getWidth() * MARGIN);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(
                tile, x, y, x + SIDE, y + SIDE, from, from, tile.getWidth() - from, tile.getHeight() - from, null);
        graphics.dispose();
    }
}
