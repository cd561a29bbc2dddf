/** What a run is made from: {@link org.facemill.contracts.recipe.run.Recipe}, read by {@link org.facemill.contracts.recipe.run.Recipes}. */
package org.facemill.contracts.recipe.run;
