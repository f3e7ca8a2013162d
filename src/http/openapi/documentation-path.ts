export const documentationPath = 'api/docs';
