package org.facemill.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.facemill.contracts.Noise;
import org.facemill.contracts.recipe.Precision;
import org.facemill.contracts.recipe.generator.ModelSampling;
import org.facemill.diffusion.identity.IdentitySampler;
import org.facemill.diffusion.model.GeneratorModel;
import org.facemill.diffusion.sampler.StepListener;
import org.facemill.images.RgbImage;

final class Bf16Images implements Section {
    private static final Path MODEL = Path.of("..", "models", "demo");
    private static final int IDENTITIES = 2;
    private static final int IMAGES = 4;
    private static final ModelSampling SAMPLING = ModelSampling.USUAL;

    @Override
    public String name() {
        return "bf16";
    }

    @Override
    public String description() {
        return "how far the demo model's images in bf16 are from those in fp32: root mean square in grey levels, aim 2";
    }

    @Override
    public void run(int calls, Consumer<String> out) throws IOException {
        List<RgbImage> exact = images(Precision.FP32);
        List<RgbImage> rounded = images(Precision.BF16);
        double all = 0;
        double worst = 0;
        for (int i = 0; i < exact.size(); i++) {
            double error = squaredError(exact.get(i).pixels(), rounded.get(i).pixels());
            all += error / exact.size();
            worst = Math.max(worst, error);
        }
        out.accept("%d images: %.2f, the furthest %.2f".formatted(exact.size(), Math.sqrt(all), Math.sqrt(worst)));
    }

    private static List<RgbImage> images(Precision precision) throws IOException {
        List<RgbImage> images = new ArrayList<>();
        try (GeneratorModel model = GeneratorModel.open(MODEL, precision)) {
            IdentitySampler sampler = new IdentitySampler(model, SAMPLING);
            for (int ordinal = 0; ordinal < IDENTITIES; ordinal++) {
                images.addAll(sampler.sample(Noise.unitVector(1, ordinal, 512), 1, ordinal, IMAGES, StepListener.NONE));
            }
        }
        return images;
    }

    private static double squaredError(byte[] expected, byte[] actual) {
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            int difference = (expected[i] & 0xff) - (actual[i] & 0xff);
            sum += difference * difference;
        }
        return sum / expected.length;
    }
}
