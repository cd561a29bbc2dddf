/** Aligned blocks to crops. Start at {@link org.facemill.splitter.splitting.CropSplitting}. */
package org.facemill.splitter.splitting;
