package org.facemill.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.facemill.contracts.document.AlignedDetails.Treatment;
import org.facemill.contracts.recipe.run.Alignment;
import org.facemill.contracts.recipe.run.FailurePolicy;
import org.facemill.contracts.recipe.run.Landmarks;
import org.facemill.detection.BlockAligner.Aligned;
import org.facemill.detection.BlockAligner.AlignedImage;
import org.facemill.detection.BlockAligner.Discarded;
import org.facemill.images.FacePoints;
import org.facemill.images.ImageException;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BlockAlignerTest {

    private static final String FACE = "tile_128.png";
    private static final String OTHER_FACE = "painted_0.png";
    private static final String TWO_FACES = "lfw128_Chris_Swecker.png";
    private static final String NOISE = "noise.png";

    private static Mtcnn mtcnn;

    @BeforeAll
    static void load() {
        mtcnn = new Mtcnn();
    }

    @AfterAll
    static void close() {
        mtcnn.close();
    }

    @Test
    void spareKeepsTheFirstImagesThatAlign() {
        BlockAligner.Result result = align(FailurePolicy.SPARE, 2, FACE, NOISE, OTHER_FACE, TWO_FACES);

        assertThat(tiles(result)).containsExactly(0, 2);
        assertThat(images(result))
                .allMatch(image ->
                        image.treatment() == Treatment.ALIGNED && image.face().isPresent());
        assertSame(images(result).get(0).crop(), alone(FACE));
        assertSame(images(result).get(1).crop(), alone(OTHER_FACE));
    }

    @Test
    void spareDiscardsWhereTooFewAlign() {
        BlockAligner.Result result = align(FailurePolicy.SPARE, 3, FACE, NOISE, OTHER_FACE, NOISE);

        assertThat(result)
                .asInstanceOf(type(Discarded.class))
                .extracting(Discarded::reason)
                .asString()
                .contains("no face");
    }

    @Test
    void discardLooksAtTheFirstImagesOnly() {
        assertThat(align(FailurePolicy.DISCARD, 2, FACE, NOISE, OTHER_FACE)).isInstanceOf(Discarded.class);
        assertThat(tiles(align(FailurePolicy.DISCARD, 2, FACE, OTHER_FACE, NOISE)))
                .containsExactly(0, 1);
    }

    @Test
    void resizeOnlyResizesTheWholeBlockWhereOneFaceIsMissing() {
        List<AlignedImage> images = images(align(FailurePolicy.RESIZE, 3, FACE, NOISE, OTHER_FACE));

        assertThat(images).allMatch(image -> image.treatment() == Treatment.RESIZED);
        assertThat(images.get(0).face()).isPresent();
        assertThat(images.get(1).face()).isEmpty();
        assertThat(images.get(0).crop()).isEqualTo(Images.resizeBilinear(MtcnnTest.read(FACE), 112, 112));
    }

    @Test
    void resizeAlignsWhereAllFacesAreThere() {
        List<AlignedImage> images = images(align(FailurePolicy.RESIZE, 2, FACE, OTHER_FACE, NOISE));

        assertThat(images).allMatch(image -> image.treatment() == Treatment.ALIGNED);
        assertSame(images.get(1).crop(), alone(OTHER_FACE));
    }

    @Test
    void ofTwoFacesTheOneNearestToTheCentreIsTaken() {
        Face face =
                images(align(FailurePolicy.SPARE, 1, TWO_FACES)).get(0).face().orElseThrow();

        assertThat(face.box().centre().x()).isBetween(60f, 75f);
    }

    @Test
    void paddingCellsAreNoImages() {
        // five images in rows of four: three black cells follow
        BlockAligner.Result result = align(FailurePolicy.SPARE, 5, FACE, FACE, FACE, FACE, OTHER_FACE);

        assertThat(tiles(result)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aBlockOfOtherSizeThanItsGridIsRefused() {
        TileGrid grid = new TileGrid(128, 4, 2);
        RgbImage block = MtcnnTest.read(FACE);

        assertThatThrownBy(() -> new BlockAligner(mtcnn).align(block, grid, 2, alignment(FailurePolicy.SPARE)))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("256 x 128");
    }

    @Test
    void aBlockOfFewerImagesThanWantedIsRefused() {
        assertThatThrownBy(() -> align(FailurePolicy.SPARE, 3, FACE, FACE))
                .isInstanceOf(ImageException.class)
                .hasMessage("the block holds 2 images, 3 are wanted");
    }

    private static BlockAligner.Result align(FailurePolicy policy, int wanted, String... pictures) {
        TileGrid grid = new TileGrid(128, 4, pictures.length);
        RgbImage block = grid.compose(Stream.of(pictures).map(MtcnnTest::read).toList());
        return new BlockAligner(mtcnn).align(block, grid, wanted, alignment(policy));
    }

    private static Alignment alignment(FailurePolicy policy) {
        return new Alignment("aligner", policy, Landmarks.EVALUATION, 20, 0);
    }

    private static RgbImage alone(String picture) {
        RgbImage image = MtcnnTest.read(picture);
        Face face = mtcnn.detect(List.of(image), MtcnnOptions.DEFAULT).get(0).get(0);
        return FacePoints.ARCFACE_112.align(image, face.points());
    }

    /** Batches of other sizes round differently, which moves points by a hair and grey levels by one. */
    private static void assertSame(RgbImage crop, RgbImage expected) {
        IntSummaryStatistics difference = IntStream.range(0, expected.pixels().length)
                .map(i -> Math.abs((crop.pixels()[i] & 0xFF) - (expected.pixels()[i] & 0xFF)))
                .summaryStatistics();
        assertThat(difference.getMax()).isLessThanOrEqualTo(4);
        assertThat(difference.getAverage()).isLessThan(0.05);
    }

    private static List<AlignedImage> images(BlockAligner.Result result) {
        assertThat(result).isInstanceOf(Aligned.class);
        return ((Aligned) result).images();
    }

    private static List<Integer> tiles(BlockAligner.Result result) {
        return images(result).stream().map(AlignedImage::tile).toList();
    }
}
