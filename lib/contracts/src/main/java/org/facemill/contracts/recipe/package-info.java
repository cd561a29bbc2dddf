/** What a run is made from: start with {@link org.facemill.contracts.recipe.Recipe}, read by {@link org.facemill.contracts.recipe.Recipes}. */
package org.facemill.contracts.recipe;
