package org.facemill.datasets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pictures in folders; see {@link FolderLayout}. */
final class ImageFolder implements ImageDataset {

    private record Image(String file, int label) {}

    private final DatasetFiles files;
    private final List<Image> images = new ArrayList<>();
    private final Map<Integer, String> identities = new HashMap<>();
    private final List<String> remarks;
    private final int classes;

    /** Takes over the files: they are closed with the dataset. */
    ImageFolder(DatasetFiles files, List<String> names) {
        this.files = files;
        FolderLayout layout = FolderLayout.of(files.toString(), names);
        int next = 0;
        for (Map.Entry<String, List<String>> identity : layout.pictures().entrySet()) {
            int label = layout.labels().get(next++);
            identities.put(label, identity.getKey());
            identity.getValue().forEach(file -> images.add(new Image(file, label)));
        }
        remarks = layout.remarks();
        classes = Labels.classes(images.stream().mapToInt(Image::label).toArray(), files.toString());
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
    public String identity(int label) {
        return identities.getOrDefault(label, Integer.toString(label));
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
    public List<String> remarks() {
        return remarks;
    }

    @Override
    public void close() {
        files.close();
    }
}
