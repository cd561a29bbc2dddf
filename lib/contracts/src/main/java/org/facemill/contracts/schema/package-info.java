/** The published JSON Schemas as what comes in is checked against them: {@link org.facemill.contracts.schema.Schemas}. */
package org.facemill.contracts.schema;
