package org.facemill.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFilesTest {

    private static final Endpoints NOWHERE =
            new Endpoints("127.0.0.1:1", URI.create("http://127.0.0.1:2"), "key", "secret", "");

    @TempDir
    Path folder;

    @Test
    void aWishedPortIsTakenWhereItIsFreeAndAnotherWhereItIsNot() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int free = Ports.choose(List.of("any"), Map.of()).get("any");

            Map<String, Integer> ports =
                    Ports.choose(List.of("a", "b", "c"), Map.of("a", taken.getLocalPort(), "b", free));

            assertThat(ports.get("b")).isEqualTo(free);
            assertThat(ports.get("a")).isNotEqualTo(taken.getLocalPort());
            // below those that are given to clients
            assertThat(ports.values()).doesNotHaveDuplicates().allMatch(port -> port >= 20_000 && port < 30_000);
        }
    }

    @Test
    void aRunningInstanceIsFoundByItsState() throws Exception {
        State state = new State(folder);
        Instance.ProcessId me = Instance.ProcessId.of(ProcessHandle.current());

        new Instance(me, NOWHERE, Map.of(Programs.CONTEXT, 8080), List.of()).write(state);

        assertThat(Instance.require(state).url(Programs.CONTEXT)).hasToString("http://127.0.0.1:8080");
    }

    @Test
    void anInstanceThatEndedIsNotRunningEvenIfItsPidIsInUseAgain() throws Exception {
        State state = new State(folder);
        Instance.ProcessId other =
                new Instance.ProcessId(ProcessHandle.current().pid(), 12345);

        new Instance(other, NOWHERE, Map.of(), List.of()).write(state);

        assertThat(Instance.running(state)).isEmpty();
        assertThatThrownBy(() -> Instance.require(state))
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("facemill up");
    }

    @Test
    void everyStateFolderHasKeysOfItsOwnThatStayAndThatItsOwnerAloneReads() throws Exception {
        State one = new State(Files.createDirectory(folder.resolve("one")));
        State other = new State(Files.createDirectory(folder.resolve("other")));

        StoreKeys keys = StoreKeys.of(one);

        assertThat(StoreKeys.of(one)).isEqualTo(keys);
        assertThat(keys.secretKey())
                .hasSize(64)
                .isNotEqualTo(StoreKeys.of(other).secretKey());
        new Instance(Instance.ProcessId.of(ProcessHandle.current()), NOWHERE, Map.of(), List.of()).write(one);
        for (Path file : List.of(one.storeKeys(), one.instance())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as("%s", file)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void theStateFolderBelongsToOneProcessAtATime() throws Exception {
        State state = new State(folder.resolve("new"));

        try (var lock = state.lock().orElseThrow()) {
            assertThat(lock.isValid()).isTrue();
        }
        assertThat(state.lock()).isPresent();
    }

    @Test
    void aStateThatCannotBeWrittenIsSaidWithTheWayOut() throws Exception {
        State state = new State(Files.createFile(folder.resolve("file")));

        assertThatThrownBy(state::lock)
                .isInstanceOf(MachineException.class)
                .hasMessageContaining(state.folder().toString())
                .hasMessageContaining("--state");
    }

    @Test
    void aLogIsReadFromItsEndAndFollowedByWholeLines() throws Exception {
        LogFile log = new LogFile(folder.resolve("service.log"));
        Files.writeString(log.path(), "one\ntwo\nthree\n");
        long position = log.end();
        List<String> lines = new ArrayList<>();

        Files.writeString(log.path(), "one\ntwo\nthree\nfour\nfi");
        position = log.readFrom(position, lines::add);
        Files.writeString(log.path(), "one\ntwo\nthree\nfour\nfive\n");
        log.readFrom(position, lines::add);

        assertThat(log.tail(2)).containsExactly("four", "five");
        assertThat(lines).containsExactly("four", "five");
    }

    @Test
    void aLogThatIsNotWrittenYetIsEmpty() throws Exception {
        assertThat(new LogFile(folder.resolve("none.log")).tail(5)).isEmpty();
    }
}
