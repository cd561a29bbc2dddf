/** Recipes of runs, generators and recognisers, and how what users write becomes one: {@link org.facemill.contracts.recipe.WrittenRecipe}. */
package org.facemill.contracts.recipe;
