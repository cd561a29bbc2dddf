/** How a generator is trained and sampled: {@link org.facemill.contracts.recipe.generator.LdmRecipe}, read by {@link org.facemill.contracts.recipe.generator.LdmRecipes}. */
package org.facemill.contracts.recipe.generator;
