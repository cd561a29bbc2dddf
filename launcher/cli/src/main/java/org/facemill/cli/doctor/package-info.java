/** What can be wrong with a machine or with the way to a system, each with its remedy: {@code facemill doctor}. */
package org.facemill.cli.doctor;
