/** Documents that lie beside a stage's other objects in the store. */
package org.facemill.contracts.document;
