package org.facemill.evaluation.report;

import java.util.List;
import org.facemill.images.RgbImage;

/**
 * One identity on a contact sheet.
 *
 * @param name caption
 * @param images its pictures, square and of one size; at least one
 */
public record ContactRow(String name, List<RgbImage> images) {

    public ContactRow {
        images = List.copyOf(images);
        if (images.isEmpty()) {
            throw new IllegalArgumentException(name + ": a row of a contact sheet wants a picture");
        }
    }
}
