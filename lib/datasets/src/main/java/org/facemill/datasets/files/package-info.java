/**
 * Files by name, one rule each for every command and service: which files below a folder are pictures
 * ({@link org.facemill.datasets.files.Pictures}), which are the system's own and never read
 * ({@link org.facemill.datasets.files.SystemFiles}), in which order names come
 * ({@link org.facemill.datasets.files.NaturalOrder}), and what a new file is called after an identity or another file
 * ({@link org.facemill.datasets.files.FileNames}).
 */
package org.facemill.datasets.files;
