package org.facemill.datasets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * WebDataset shards: see {@link WebDatasetWriter} and {@link WebDatasetShard}. Nothing is unpacked, so that names cannot
 * lead anywhere.
 */
final class WebDataset implements ImageDataset {

    private record Image(WebDatasetShard shard, WebDatasetShard.Sample sample) {}

    private final DatasetFiles files;
    private final List<Image> images = new ArrayList<>();
    private final int classes;

    /** @param field that holds the image; without it, the only one that is a picture by its name */
    WebDataset(DatasetFiles files, List<String> tars, Optional<String> field) {
        this.files = files;
        for (String tar : tars) {
            WebDatasetShard shard = new WebDatasetShard(files, tar, field);
            shard.samples().forEach(sample -> images.add(new Image(shard, sample)));
        }
        classes = Labels.classes(
                images.stream().mapToInt(image -> image.sample().label()).toArray(), files.toString());
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
        return images.get(index).sample().label();
    }

    @Override
    public String name(int index) {
        return images.get(index).shard() + ": " + images.get(index).sample().key();
    }

    @Override
    public byte[] image(int index) {
        WebDatasetShard.Sample sample = images.get(index).sample();
        return files.read(images.get(index).shard().name(), sample.offset(), sample.length());
    }

    @Override
    public void close() {
        files.close();
    }
}
