package org.facemill.datasets;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * One subfolder a class; labels follow the sorted names of the subfolders that hold images, images the sorted names of
 * files.
 */
final class ImageFolder implements ImageDataset {

    private record Image(String file, int label) {}

    private final DatasetFiles files;
    private final List<Image> images = new ArrayList<>();
    private final int classes;

    /** Takes over the files: they are closed with the dataset. */
    ImageFolder(DatasetFiles files) {
        this.files = files;
        TreeMap<String, List<String>> folders = new TreeMap<>();
        for (String file : files.names()) {
            int slash = file.indexOf('/');
            if (slash > 0 && slash == file.lastIndexOf('/') && ImageNames.isImage(file)) {
                folders.computeIfAbsent(file.substring(0, slash), folder -> new ArrayList<>())
                        .add(file);
            }
        }
        int label = 0;
        for (List<String> folder : folders.values()) {
            for (String file : folder.stream().sorted().toList()) {
                images.add(new Image(file, label));
            }
            label++;
        }
        classes = label;
        if (images.isEmpty()) {
            throw new DatasetException(
                    files + ": no dataset; expected train.rec, an .index file, .tar shards, or one subfolder "
                            + "of .png or .jpg files for each identity");
        }
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        return images.get(index).label();
    }

    @Override
    public String name(int index) {
        return files + "/" + images.get(index).file();
    }

    @Override
    public byte[] image(int index) {
        return files.read(images.get(index).file());
    }

    @Override
    public void close() {
        files.close();
    }
}
