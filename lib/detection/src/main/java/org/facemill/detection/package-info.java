/**
 * Finds faces and brings them into the pose that recognisers expect: MTCNN (Zhang et al., IEEE SPL 2016), and with
 * {@link org.facemill.images.FacePoints ArcFace's alignment} over a block of tiles.
 *
 * <p>May import torch, tensor-io, images and contracts; knows nothing of Kafka or Quarkus. Start reading at
 * {@link org.facemill.detection.BlockAligner}, then {@link org.facemill.detection.Mtcnn}.
 */
package org.facemill.detection;
