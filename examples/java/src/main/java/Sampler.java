import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** A sampler that draws dolls: one identity's images as a grid of tiles. */
final class Sampler {

    private static final String NAME = "doll";
    private static final int TILE = 96;
    private static final int COLUMNS = 4;
    /** The step of noise that is drawn once an image, such as pose and light. */
    private static final int IMAGE_TRAITS = -2;

    private static final Store STORE = new Store();

    public static void main(String[] args) throws Exception {
        new Plugin(NAME, "facemill.identity-contexts." + NAME, "identity-context.v1").run(Sampler::work);
    }

    private static Plugin.Announcement work(JsonNode event, Runnable beat) throws Exception {
        String key = Plugin.key(event);
        Optional<byte[]> found = STORE.find("blocks", key + ".json");
        JsonNode made = found.isPresent() ? Plugin.JSON.readTree(found.get()) : make(event, key, beat);
        ObjectNode block = Plugin.JSON.createObjectNode();
        List.of("run", "ordinal", "attempt", "images", "alignment", "encoder")
                .forEach(field -> block.set(field, event.get(field)));
        List.of("block", "grid", "origin").forEach(field -> block.set(field, made.get(field)));
        ArrayNode later = event.get("later_topics").deepCopy();
        block.set("next_topic", later.remove(0));
        block.set("later_topics", later);
        return new Plugin.Announcement(event.path("next_topic").asText(), "raw-block.v1", block);
    }

    private static JsonNode make(JsonNode event, String key, Runnable beat) throws Exception {
        int count = event.path("images").asInt()
                + event.path("sampling").path("spare").asInt();
        BufferedImage picture = new BufferedImage(
                Math.min(COLUMNS, count) * TILE, (count + COLUMNS - 1) / COLUMNS * TILE, BufferedImage.TYPE_INT_RGB);
        for (int image = 0; image < count; image++) {
            double[] shot = Noise.uniform(
                    event.path("seed").asLong(), event.path("ordinal").asLong(), image, IMAGE_TRAITS, 3);
            draw(
                    picture.getSubimage(image % COLUMNS * TILE, image / COLUMNS * TILE, TILE, TILE),
                    looks(event.get("context")),
                    shot);
            beat.run();
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        ObjectNode result = Plugin.JSON.createObjectNode();
        result.set("block", STORE.put("blocks", key + ".png", png.toByteArray()));
        result.putObject("grid").put("tile_size", TILE).put("columns", COLUMNS).put("count", count);
        // how ellipses are drawn is Java's own affair: the bytes depend on its version
        ObjectNode origin = result.putObject("origin")
                .put("model", "")
                .put("model_sha256", "")
                .put("device", "java/" + Runtime.version());
        origin.putObject("sampler").put("name", NAME).put("version", "1").put("sha256", "");
        STORE.put("blocks", key + ".json", Plugin.JSON.writeValueAsBytes(result)); // last: the commit mark
        return result;
    }

    /** What an identity looks like, from the direction of its context; each number between 0 and 1. */
    private static float[] looks(JsonNode context) {
        double length = 0;
        for (JsonNode number : context) {
            length += number.asDouble() * number.asDouble();
        }
        float[] looks = new float[6];
        for (int i = 0; i < looks.length; i++) {
            looks[i] = (float) Math.min(
                    1, Math.max(0, 0.5 + context.get(i).asDouble() / Math.sqrt(Math.max(length, 1e-30)) * 6));
        }
        return looks;
    }

    /** One image: shot, three numbers between 0 and 1, moves the head and dims the light. */
    private static void draw(BufferedImage tile, float[] looks, double[] shot) {
        Graphics2D graphics = tile.createGraphics();
        double cx = TILE * (0.46 + 0.08 * shot[0]);
        double cy = TILE * (0.5 + 0.06 * shot[1]);
        double rx = TILE * (0.26 + 0.1 * looks[0]);
        double ry = TILE * (0.34 + 0.1 * looks[1]);
        float light = (float) (0.75 + 0.25 * shot[2]);
        graphics.setColor(new Color(0.6f * looks[2] * light, 0.4f * light, 0.55f * light));
        graphics.fillRect(0, 0, TILE, TILE);
        ellipse(graphics, new Color((0.6f + 0.35f * looks[3]) * light, 0.55f * light, 0.45f * light), cx, cy, rx, ry);
        Color eyes = new Color(0.15f * light, 0.15f * light, (0.2f + 0.5f * looks[4]) * light);
        ellipse(graphics, eyes, cx - rx * 0.4, cy - ry * 0.1, rx * 0.16, rx * 0.1);
        ellipse(graphics, eyes, cx + rx * 0.4, cy - ry * 0.1, rx * 0.16, rx * 0.1);
        ellipse(
                graphics,
                new Color(0.65f * light, 0.25f * light, 0.3f * light),
                cx,
                cy + ry * 0.55,
                rx * (0.25 + 0.2 * looks[5]),
                ry * 0.08);
        graphics.dispose();
    }

    private static void ellipse(Graphics2D graphics, Color colour, double x, double y, double width, double height) {
        graphics.setColor(colour);
        graphics.fill(new Ellipse2D.Double(x - width, y - height, 2 * width, 2 * height));
    }
}
