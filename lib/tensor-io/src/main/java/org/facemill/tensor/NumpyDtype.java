package org.facemill.tensor;

/** numpy.dtype while a pickle builds it: the type string comes first, the byte order with the state. */
final class NumpyDtype {
    private final String type;
    private String order = "";

    NumpyDtype(String type) {
        this.type = type;
    }

    /** (version, byte order, ...) */
    void setState(Object[] state) {
        order = (String) state[1];
    }

    NumpyType type() {
        return NumpyType.parse(order + type)
                .orElseThrow(() -> new IllegalArgumentException("numpy type " + order + type));
    }
}
