/**
 * What recipes choose by name: margin heads, backbones, schedules and their like. Each {@link org.facemill.contracts.registry.Kind}
 * has one registry in the module that owns it: a class that is a {@link org.facemill.contracts.registry.Registered}, and a line
 * in that module's {@link org.facemill.contracts.registry.Registrations}. Schemas, defaults, messages and help are derived
 * from these by {@link org.facemill.contracts.registry.Vocabulary}.
 */
package org.facemill.contracts.registry;
