package org.facemill.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads Python pickles as data. A pickle is a program; this reader knows an allow-list of opcodes and of Python types
 * (dictionaries, lists, numbers, text, numpy arrays, PyTorch tensors) and refuses everything else by name, so nothing
 * that a file says is ever run, imported or looked up. Memory is bounded by the size of the pickle.
 */
public final class SafePickle {

    private SafePickle() {}

    /**
     * The one object in {@code pickle}: Map, List (also for tuples), String, Long, Double, Boolean, byte[], Tensor,
     * List of String for arrays of text, Optional.empty() for None. What Python 2 wrote as {@code str} is a String of
     * Latin-1 characters, one per byte.
     *
     * @param name what errors call the input
     */
    public static Object read(String name, ByteBuffer pickle) throws IOException {
        return PickleTree.resolve(name, new PickleMachine(name, pickle.slice()).load(), storage -> {
            throw new TensorFormatException(
                    name, "a bare pickle holds no tensor storage; was it cut from a PyTorch archive?");
        });
    }
}
