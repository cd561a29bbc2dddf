package org.facemill.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that lie, are damaged, or try to run something: each ends in an error that names the file. */
class HostileFilesTest {
    @TempDir
    Path folder;

    @Test
    void aCallOfTheSystemIsRefusedByNameAndNothingRuns() throws IOException {
        Path trace = folder.resolve("trace");
        // what pickle.dumps makes of an object whose __reduce__ returns (os.system, ("touch ...",))
        Path file = write(
                "evil.pth",
                "\u0080\u0002cposix\nsystem\nX",
                length(trace.toString().length() + 6),
                "touch " + trace,
                "\u0085R.");

        assertRefused(file, "`posix.system`", "nothing was run");
        assertThat(trace).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "builtins\neval",
                "builtins\nexec",
                "os\nsystem",
                "subprocess\nPopen",
                "torch.storage\n_load_from_bytes",
                "numpy\nload",
                "torch\nload",
                "java.lang.Runtime\nexec",
                "builtins\ngetattr",
                "torch._utils\n_rebuild_tensor_v2.x"
            })
    void noOtherGlobalIsKnown(String global) throws IOException {
        assertRefused(write("evil.pkl", "\u0080\u0002c" + global + "\n)R."), global.replace('\n', '.'));
    }

    @Test
    void aGlobalNamedThroughTheStackIsRefusedToo() throws IOException {
        assertRefused(write("evil.pkl", "\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093)R."), "`os.system`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(iposix\nsystem\n.", "(cposix\nsystem\no.", "\u0081.", "\u0082\u0001.", "\u0092.", "Pid\n."})
    void instructionsThatBuildInOtherWaysAreRefused(String code) throws IOException {
        assertRefused(write("evil.pkl", "\u0080\u0002" + code), "evil.pkl");
    }

    @Test
    void aCallInsideACheckpointIsRefused() throws IOException {
        Path file = zip("evil.pth", "archive/data.pkl", "\u0080\u0002cos\nsystem\n)R.");

        assertRefused(file, "`os.system`");
    }

    @Test
    void stateForAForeignObjectIsRefused() throws IOException {
        assertRefused(write("evil.pkl", "\u0080\u0002]}b."), "malformed pickle");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X\u00ff\u00ff\u00ff\u007f",
                "B\u00ff\u00ff\u00ff\u00ff",
                "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
                "\u008b\u00f0\u00ff\u00ff\u007f",
                "U\u00ff",
                "cnever_ending"
            })
    void hugeLengthsAllocateNothing(String code) throws IOException {
        assertRefused(write("evil.pkl", "\u0080\u0002" + code), "malformed pickle");
    }

    @Test
    void aListThatHoldsItselfIsRefused() throws IOException {
        assertRefused(write("evil.pkl", "\u0080\u0002]q\u0000h\u0000a."), "unfolds");
    }

    @Test
    void listsOfListsOfListsDoNotUnfoldForEver() throws IOException {
        StringBuilder code = new StringBuilder("\u0080\u0002]K\u0001a");
        for (int i = 0; i < 40; i++) {
            code.append("q\u0000](").append("h\u0000".repeat(10)).append('e'); // ten times the list before
        }
        assertRefused(write("evil.pkl", code + "."), "unfolds");
    }

    @Test
    void aDictionaryKeyThatHoldsItselfIsRefused() throws IOException {
        assertRefused(write("evil.pkl", "\u0080\u0002}]q\u0000h\u0000ah\u0000Ns."), "key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"q\u0000", "a.", "0.", "t.", "R.", "h\u0007.", "(."})
    void programsThatMakeNoSenseAreErrors(String code) throws IOException {
        assertRefused(write("evil.pkl", "\u0080\u0002" + code), "evil.pkl");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zip_checkpoint.pth",
                "legacy_checkpoint.pth",
                "random_synthetic_uniform_20.npy",
                "contexts_npsave_dict.npy",
                "admis_elasticface_embeddings.npy"
            })
    void truncatedFilesAreErrorsWhereverTheyAreCut(String golden) throws IOException {
        byte[] whole = Files.readAllBytes(Golden.path("09_formats/" + golden));

        for (int i = 1; i < 12; i++) {
            Path cut = folder.resolve("cut.pth");
            Files.write(cut, Arrays.copyOf(whole, (int) ((long) whole.length * i / 12)));
            assertRefused(cut, "cut.pth");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dtype_zoo.pth", "dtype_zoo_legacy.pth", "contexts_npsave_dict.npy"})
    void aFlippedByteIsAnErrorOrOtherNumbersAndNothingWorse(String golden) throws IOException {
        byte[] whole = Files.readAllBytes(Golden.path("09_formats/" + golden));

        for (int at = 0; at < whole.length; at += 1 + whole.length / 300) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            Path file = Files.write(folder.resolve("flipped.pth"), flipped);
            try (TensorFile tensors = TensorFile.open(file)) {
                for (Tensor tensor : tensors.tensors().values()) {
                    assertThat(tensor.doubles()).hasSize((int) tensor.elements());
                }
            } catch (TensorFormatException e) {
                assertThat(e).hasMessageContaining("flipped.pth");
            }
        }
    }

    @Test
    void aTensorThatReachesBeyondItsStorageIsRefused() throws IOException {
        byte[] zoo = Files.readAllBytes(Golden.path("09_formats/dtype_zoo.pth"));
        String text = new String(zoo, StandardCharsets.ISO_8859_1);
        // shape (3, 4) of shared_a becomes (255, 4)
        int at = text.indexOf("K\u0003K\u0004\u0086");
        assertThat(at).isPositive();
        zoo[at + 1] = (byte) 255;

        assertRefused(Files.write(folder.resolve("zoo.pth"), zoo), "reaches beyond");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../escape.npy", "/etc/escape.npy", "a/../../escape.npy", "..\\escape.npy"})
    void entriesThatClimbOutOfAnArchiveAreRefused(String entry) throws IOException {
        assertRefused(zip("evil.npz", entry, "x"), "climbs out");
    }

    @Test
    void aZipOfSomethingElseIsNamedAsSuch() throws IOException {
        assertRefused(zip("face.docx", "word/document.xml", "<w/>"), "neither a PyTorch checkpoint");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[12,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2000000],\"data_offsets\":[0,8000000]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2,-2],\"data_offsets\":[0,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[16,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[-16,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0]}}",
                "{\"a\":{\"dtype\":\"F4\",\"shape\":[4],\"data_offsets\":[0,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]},\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":7}",
                "{\"a\":",
                "{}"
            })
    void safetensorsHeadersThatLieAreRefused(String header) throws IOException {
        Path file = write("evil.safetensors", length(header.length()) + "\0\0\0\0", header, "0123456789abcdef");

        assertRefused(file, "evil.safetensors");
    }

    @Test
    void anOversizedSafetensorsHeaderIsRefused() throws IOException {
        assertRefused(
                write("evil.safetensors", "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff{}"),
                "header of 18446744073709551615");
        assertRefused(write("evil.safetensors", "\u00ff\u00ff\u00ff\u0000\0\0\0\0{}"), "header of");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(-1, 4)", "(99999999999, 99999999999)", "(99999999999999999999,)", "(1000000,)", "(2, 'x')"})
    void npyShapesThatLieAreRefused(String shape) throws IOException {
        String dict = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n";

        assertRefused(write("evil.npy", "\u0093NUMPY\u0001\0" + (char) dict.length() + "\0", dict, "0123"), "evil.npy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P", "PK", "hello, world: no tensors here", "\u0080", "\u0089PNG\r\n\u001a\n"})
    void otherFilesAreErrors(String content) throws IOException {
        assertRefused(write("other.pth", content), "other.pth");
    }

    private void assertRefused(Path file, String... inMessage) {
        assertThatThrownBy(() -> TensorFile.open(file).close())
                .isInstanceOf(TensorFormatException.class)
                .hasMessageContaining(file.getFileName().toString())
                .satisfies(e -> assertThat(e.getMessage()).contains(inMessage));
    }

    /** One character is one byte. */
    private Path write(String name, String... parts) throws IOException {
        return Files.write(folder.resolve(name), String.join("", parts).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String length(int n) {
        byte[] b =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(n).array();
        return new String(b, StandardCharsets.ISO_8859_1);
    }

    private Path zip(String name, String entry, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content.getBytes(StandardCharsets.ISO_8859_1));
        }
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }
}
