package org.facemill.contracts.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The tiles of this grid have one size, always; its schema says so with {@code const}. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface TileSize {

    /** Side of a tile in pixels. */
    int value();
}
