package org.facemill.recognition;

/** The encoders that a name stands for. */
public final class Encoders {

    private Encoders() {
    }

    /** The reference recogniser that comes with this library: 128-d, faces of {@link FacePoints#DLIB_150}. */
    public static Encoder reference() {
        return ReferenceRecogniser.open();
    }
}
