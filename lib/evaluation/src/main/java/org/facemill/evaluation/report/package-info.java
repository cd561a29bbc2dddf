/**
 * From figures to what people and programs read: a page that needs no other file, report.json with its JSON Schema, tables.
 * Start at {@link org.facemill.evaluation.report.EvaluationReport}.
 */
package org.facemill.evaluation.report;
