/**
 * Noise schedules: what the forward process of diffusion adds at each step. Imports nothing. Start with
 * {@link org.facemill.diffusion.schedule.NoiseSchedule}.
 */
package org.facemill.diffusion.schedule;
